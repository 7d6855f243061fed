using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Suites;

/// <summary>What holds for the account half of every registered provider, whoever answers at its address.</summary>
public class ProviderAccountsContractTests
{
    private static readonly WebhookTarget Target = new(new Uri("https://hooks.acme.example/contact-centre/acme"), new Secret("planted-webhook-token-0123456789"));

    public static TheoryData<string> Providers => [.. TestProviders.Registry.Names];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public void It_has_sample_accounts_with_every_credential(string provider)
    {
        Assert.NotEmpty(ProviderUnderTest.Of(provider).SampleAccounts);
        foreach (var (account, settings) in Accounts(provider))
        {
            var fields = TestProviders.Get(provider).Credentials(settings);
            Assert.Equal(fields.Count, fields.DistinctBy(field => field.Field).Count());
            Assert.All(fields, field => Assert.True(account.Credentials.ContainsKey(field.Field), $"The sample has no {field.Field}."));
            Assert.All(fields, field => Assert.Null(field.Problem(account.Credential(field.Field))));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_malformed_credential_is_told_without_quoting_it(string provider)
    {
        foreach (var (account, settings) in Accounts(provider))
        {
            foreach (var field in TestProviders.Get(provider).Credentials(settings))
            {
                var value = account.Credential(field.Field).Reveal();
                Assert.NotNull(field.Problem(new Secret("")));
                Assert.NotNull(field.Problem(new Secret("   ")));
                foreach (var malformed in new[] { value + "\n\n", " " + value, "planted é " + value, value + new string('x', 10_000), "planted" })
                {
                    Assert.DoesNotContain(malformed.Trim(), field.Problem(new Secret(malformed)) ?? "", StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Its_verification_keys_come_from_its_credentials_or_from_the_webhook_token(string provider)
    {
        foreach (var (_, settings) in Accounts(provider))
        {
            var fields = TestProviders.Get(provider).Credentials(settings).Select(field => field.Field).ToHashSet();
            Assert.All(TestProviders.Get(provider).VerificationKeys(settings), key => Assert.True(key.CredentialField is null || fields.Contains(key.CredentialField), $"There is no credential {key.CredentialField}."));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Its_scopes_are_there_distinct_and_the_same_each_time(string provider)
    {
        foreach (var (_, settings) in Accounts(provider))
        {
            var scopes = TestProviders.Get(provider).Scopes(settings);
            Assert.NotEmpty(scopes);
            Assert.Equal(scopes.Count, scopes.DistinctBy(scope => scope.Name).Count());
            Assert.Equal(scopes, TestProviders.Get(provider).Scopes(settings));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_manual_steps_say_where_the_url_is_and_where_the_token_if_there_is_one(string provider)
    {
        foreach (var (account, settings) in Accounts(provider))
        {
            var steps = TestProviders.Get(provider).ManualSteps(settings, "acme-support-webhook");
            Assert.Contains("status.webhook.url", steps, StringComparison.Ordinal);
            if (TestProviders.Get(provider).VerificationKeys(settings).Any(key => key.CredentialField is null))
            {
                Assert.Contains("acme-support-webhook", steps, StringComparison.Ordinal);
            }

            AssertNoSecret(account, steps);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_says_nothing_about_the_account_is_unavailable(string provider)
    {
        foreach (var answer in StrangeAnswer.Meaningless)
        {
            await WithAsync(provider, answer, async (accounts, account, settings) =>
            {
                foreach (var (call, failure) in await AllAsync(provider, accounts, account, settings, answer.Kind == StrangeAnswerKind.Silence))
                {
                    Assert.True(failure is ProviderFailure.Unavailable, $"{call}, {answer.Name}: {failure?.ToString() ?? "success"}");
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_doubtful_answer_is_no_success_and_no_mismatch(string provider)
    {
        foreach (var answer in StrangeAnswer.Doubtful)
        {
            await WithAsync(provider, answer, async (accounts, account, settings) =>
            {
                var calls = await AllAsync(provider, accounts, account, settings, onlyTest: false);
                Assert.True(calls[0].Failure is not null, $"{answer.Name} passed the test.");
                Assert.All(calls, call => Assert.False(call.Failure is ProviderFailure.AccountMismatch, $"{call.Name}, {answer.Name}: {call.Failure}"));
                Assert.True(answer.Status != 200 || calls[0].Failure is not (ProviderFailure.InvalidCredentials or ProviderFailure.InsufficientPermission), $"{answer.Name}: {calls[0].Failure}");
            });
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Nothing_listening_is_unavailable(string provider)
    {
        await using var services = Services(provider, new Uri("http://127.0.0.1:9"), new PlantedLog());
        foreach (var (account, settings) in Accounts(provider))
        {
            var calls = await AllAsync(provider, Half(provider, services), account, settings, onlyTest: false);
            Assert.All(calls, call => Assert.IsType<ProviderFailure.Unavailable>(call.Failure));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_secret_that_the_provider_repeats_is_shown_nowhere(string provider)
    {
        foreach (var answer in StrangeAnswer.Echoes)
        {
            var log = new PlantedLog();
            await WithAsync(
                provider,
                answer,
                async (accounts, account, settings) =>
                {
                    foreach (var (_, failure) in await AllAsync(provider, accounts, account, settings, onlyTest: false))
                    {
                        AssertNoSecret(account, failure?.ToString() ?? "");
                    }

                    Assert.All(log.Lines, line => AssertNoSecret(account, line));
                },
                log);
            Assert.NotEmpty(log.Lines);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Credentials_are_never_in_a_text_and_reading_them_needs_no_call(string provider)
    {
        await using var services = Services(provider, new Uri("http://127.0.0.1:9"), new PlantedLog());
        foreach (var (account, settings) in Accounts(provider))
        {
            var accounts = Half(provider, services);
            foreach (var scope in TestProviders.Get(provider).Scopes(settings))
            {
                var target = Target with { Scope = scope };
                Assert.Equal(accounts.UnreadableSettings(account, target).Reveal(), accounts.UnreadableSettings(account, target).Reveal());
                AssertNoSecret(account, $"{account} {target} {accounts} {accounts.UnreadableSettings(account, target)} {scope}");
            }

            Assert.NotEqual("", accounts.AccountIdOf(account));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_cancelled_call_ends(string provider) =>
        await WithAsync(provider, StrangeAnswer.Meaningless.Single(answer => answer.Kind == StrangeAnswerKind.Silence), async (accounts, account, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            var test = accounts.TestConnectionAsync(account, cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test);
        });

    private static IEnumerable<(ProviderAccount Account, ProviderSettings Settings)> Accounts(string provider) =>
        ProviderUnderTest.Of(provider).SampleAccounts.Select(sample => sample.ToAccount() with { OtherSecrets = [Target.Token] }).Select(account => (account, account.Settings));

    private static async Task WithAsync(
        string provider, StrangeAnswer answer, Func<IProviderAccounts, ProviderAccount, ProviderSettings, Task> check, PlantedLog? log = null)
    {
        await using var server = await AnsweringServer.StartAsync(answer, Cancelled);
        await using var services = Services(provider, server.Address, log ?? new PlantedLog());
        foreach (var (account, settings) in Accounts(provider))
        {
            await check(Half(provider, services), account, settings);
        }
    }

    private static async Task<List<(string Name, ProviderFailure? Failure)>> AllAsync(
        string provider, IProviderAccounts accounts, ProviderAccount account, ProviderSettings settings, bool onlyTest)
    {
        List<(string, ProviderFailure?)> calls = [("TestConnection", (await accounts.TestConnectionAsync(account, Cancelled)).Failure)];
        foreach (var scope in onlyTest ? [] : TestProviders.Get(provider).Scopes(settings))
        {
            var target = Target with { Scope = scope };
            calls.Add(("Observe", (await accounts.ObserveAsync(account, target, Cancelled)).Failure));
            calls.Add(("Register", (await accounts.RegisterAsync(account, target, Cancelled)).Failure));
            calls.Add(("Deregister", (await accounts.DeregisterAsync(account, new RegisteredWebhook("1", scope, [target.Url]), Cancelled)).Failure));
        }

        return calls;
    }

    private static IProviderAccounts Half(string provider, ServiceProvider services) =>
        TestProviders.Get(provider).CreateAccounts(services.GetRequiredService<ProviderHttp>());

    private static ServiceProvider Services(string provider, Uri address, PlantedLog log) => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
        .AddProviderHttp(http =>
        {
            foreach (var name in ProviderUnderTest.Of(provider).BaseAddresses)
            {
                http.BaseAddresses[name] = address;
            }

            http.TimeoutSeconds = 1;
            http.AccountBurst = 1000;
            http.ProviderCallsPerSecond = 1000;
        })
        .BuildServiceProvider();

    private static void AssertNoSecret(ProviderAccount account, string text)
    {
        foreach (var secret in account.Credentials.Values.Append(Target.Token))
        {
            Assert.DoesNotContain(secret.Reveal(), text, StringComparison.Ordinal);
        }
    }
}

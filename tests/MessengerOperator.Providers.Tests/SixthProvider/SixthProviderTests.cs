using System.Text;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Tests.Suites;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Providers.Tests.SixthProvider;

/// <summary>
/// docs/add-a-provider.md, tried: a folder and one line of registration (in <see cref="TestProviders"/>, as it would be in AddProviders) make a provider. All shared suites run over it as over the others.
/// </summary>
public class SixthProviderTests
{
    private static readonly WebhookTarget Target = new(new Uri("https://hooks.acme.example/contact-centre/acme"), new Secret("unused-webhook-token-0123456789"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_shared_suite_runs_over_it()
    {
        Assert.Contains(ProviderWebhookContractTests.Providers, row => row.Data == "Pigeon");
        Assert.Contains(ProviderAccountsContractTests.Providers, row => row.Data == "Pigeon");
        Assert.Contains(ProviderFuzzTests.Providers, row => row.Data == "Pigeon");
        Assert.Contains(ProviderSignatureTests.Samples, row => row.Data.Item1 == "Pigeon");
        Assert.Contains(ProviderWebhookParsingTests.Assets, row => row.Data.Item1 == "Pigeon");
    }

    [Fact]
    public void The_guide_names_every_file_of_its_folder()
    {
        var guide = File.ReadAllText(Path.Combine(TestProviders.RepositoryRoot, "docs", "add-a-provider.md"));
        var folder = Path.Combine(TestProviders.RepositoryRoot, "tests", "MessengerOperator.Providers.Tests", "SixthProvider");
        Assert.All(
            Directory.GetFiles(folder, "Pigeon*.cs").Select(file => Path.GetFileName(file)),
            file => Assert.Contains($"`{file.Replace("Pigeon", "<Name>", StringComparison.Ordinal)}`", guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":"loft-17","name":"Acme"}""", null)]
    [InlineData("""{"id":"loft-18","name":"other"}""", typeof(ProviderFailure.AccountMismatch))]
    [InlineData("""{"error":"token"}""", typeof(ProviderFailure.InvalidCredentials))]
    [InlineData("""{"error":"grounded"}""", typeof(ProviderFailure.InsufficientPermission))]
    [InlineData("""{"error":"tired"}""", typeof(ProviderFailure.Throttled))]
    [InlineData("""{"error":"moulting"}""", typeof(ProviderFailure.Unavailable))]
    public async Task Its_errors_have_one_meaning_each(string answer, Type? failure) =>
        Assert.Equal(failure, (await WithAsync(answer, (accounts, account) => accounts.TestConnectionAsync(account, Cancelled))).Failure?.GetType());

    [Theory]
    [InlineData("""{"url":"https://hooks.acme.example/contact-centre/acme"}""", Deregistration.Removed)]
    [InlineData("""{"url":"https://elsewhere.example/"}""", Deregistration.NotOurs)]
    [InlineData("""{}""", Deregistration.AlreadyGone)]
    public async Task It_removes_only_what_is_ours(string answer, Deregistration expected)
    {
        var ours = new RegisteredWebhook("loft-17", RegistrationScope.Account, [Target.Url]);
        Assert.True((await WithAsync(answer, (accounts, account) => accounts.DeregisterAsync(account, ours, Cancelled))).TryGet(out var how, out _));
        Assert.Equal(expected, how);
    }

    private static async Task<ProviderResult<T>> WithAsync<T>(string answer, Func<IProviderAccounts, ProviderAccount, Task<ProviderResult<T>>> call)
        where T : notnull
    {
        await using var server = await AnsweringServer.StartAsync(new StrangeAnswer(answer, StrangeAnswerKind.Body) { Body = Encoding.UTF8.GetBytes(answer) }, Cancelled);
        await using var services = new ServiceCollection().AddLogging().AddProviderHttp(http => http.BaseAddresses["Pigeon"] = server.Address).BuildServiceProvider();
        return await call(TestProviders.Get("Pigeon").CreateAccounts(services.GetRequiredService<ProviderHttp>()), ProviderUnderTest.Of("Pigeon").SampleAccounts[0].ToAccount());
    }
}

using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Integrations of one receiver group, each with a bot of its own.</summary>
internal sealed class Team(TestWorld world, string group = "team")
{
    private readonly Dictionary<string, Bot> _bots = new(StringComparer.Ordinal);

    /// <summary>The objects of the group's receiver.</summary>
    public GroupObjects Receiver { get; } = world.Group(group);

    /// <summary>The bot of a member.</summary>
    public Bot Of(string name) => _bots[name];

    /// <summary>Creates a member with a bot that nobody has; <paramref name="change"/> is a JSON merge patch of its spec.</summary>
    public async Task CreateAsync(string name, string? change = null)
    {
        var bot = _bots[name] = Bot.New();
        await world.AddBotAsync(bot);
        await world.CreateSecretAsync(bot.Token, name: $"{name}-telegram");
        await world.Integrations.CreateAsync(name, bot, change ?? $$$"""{"receiver":{"group":"{{{group}}}"}}""", secret: $"{name}-telegram");
    }

    /// <summary>Creates one and waits until it is Ready.</summary>
    public async Task<MessengerIntegration> JoinAsync(string name, string? change = null)
    {
        await CreateAsync(name, change);
        return await world.IsReadyAsync(name);
    }

    /// <summary>Deletes one and waits until it is gone.</summary>
    public async Task LeaveAsync(string name)
    {
        await world.Integrations.DeleteAsync(name);
        await world.Integrations.GoesAsync(name);
    }

    /// <summary>The webhook of a member's bot; null when there is none.</summary>
    public async Task<string?> WebhookAsync(string name) => (await world.Provider.RegistrationAsync(Of(name))).Current?.Url;
}

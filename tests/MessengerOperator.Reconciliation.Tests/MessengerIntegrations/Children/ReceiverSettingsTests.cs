using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations.Children;

/// <summary>Which wishes of a member its group does not fulfil.</summary>
public class ReceiverSettingsTests
{
    private static readonly ReceiverSpec Lead = new()
    {
        Group = "team",
        Replicas = 2,
        Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100m") } },
    };

    [Fact]
    public void Who_wants_nothing_or_the_same_is_told_nothing()
    {
        Assert.Empty(ReceiverSettings.Ignored(member: null, Lead));
        Assert.Empty(ReceiverSettings.Ignored(new ReceiverSpec { Group = "team" }, Lead));
        Assert.Empty(ReceiverSettings.Ignored(Lead with { Group = null }, Lead));
        Assert.Empty(ReceiverSettings.Ignored(new ReceiverSpec { Replicas = 2 }, Lead));
    }

    [Fact]
    public void What_differs_is_named_field_by_field()
    {
        var member = new ReceiverSpec { Replicas = 1, PriorityClassName = "high", Resources = Lead.Resources };

        Assert.Equal(["replicas", "priorityClassName"], ReceiverSettings.Ignored(member, Lead));
        Assert.Equal(["replicas", "resources", "priorityClassName"], ReceiverSettings.Ignored(member, counts: null));
    }
}

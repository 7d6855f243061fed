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

    [Fact]
    public void Another_spool_is_named_and_one_that_is_left_to_its_default_is_no_wish()
    {
        var lead = With(new SpoolSpec { Storage = SpoolStorage.PersistentVolumeClaim, SizeLimit = new ResourceQuantity("1Gi") });

        Assert.Empty(ReceiverSettings.Ignored(With(new SpoolSpec()), lead));
        Assert.Empty(ReceiverSettings.Ignored(lead, lead));
        Assert.Equal(
            ["spec.delivery.spool.storage", "spec.delivery.spool.sizeLimit"],
            ReceiverSettings.Ignored(With(new SpoolSpec { Storage = SpoolStorage.None, SizeLimit = new ResourceQuantity("2Gi") }), lead));
        Assert.Equal(["spec.receiver.replicas"], ReceiverSettings.Ignored(With(new SpoolSpec()) with { Receiver = new ReceiverSpec { Replicas = 3 } }, lead));
    }

    private static MessengerIntegrationSpec With(SpoolSpec spool) => new() { Delivery = new DeliverySpec { Spool = spool } };
}

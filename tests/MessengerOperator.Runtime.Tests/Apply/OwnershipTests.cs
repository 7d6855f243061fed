using k8s.Models;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Controllers;
using MessengerOperator.Runtime.Tests.Controllers;

namespace MessengerOperator.Runtime.Tests.Apply;

/// <summary>Whose an object is.</summary>
public class OwnershipTests
{
    [Fact]
    public void A_controlled_object_is_ours_only_when_this_very_owner_controls_it()
    {
        var ownership = Ownership.Controlled(Owner("one", "1"));

        Assert.True(ownership.Covers(Child(Reference("one", "1", controller: true))));
        Assert.False(ownership.Covers(Child(Reference("one", "1"))));
        Assert.False(ownership.Covers(Child(Reference("one", "2", controller: true))));
        Assert.False(ownership.Covers(Child()));
    }

    [Fact]
    public void A_shared_object_is_ours_when_any_owner_of_the_kind_holds_it()
    {
        var ownership = Ownership.Part(Owner("one", "1"), "one");

        Assert.True(ownership.Covers(Child(Reference("two", "2"))));
        Assert.True(ownership.Covers(Child(Reference("two", "2", controller: true))));
        Assert.True(ownership.Covers(Child(Reference("two", "2", apiVersion: "runtime.test/v1beta1"))));
        Assert.False(ownership.Covers(Child(Reference("one", "1", apiVersion: "apps/v1", kind: "Deployment"))));
        Assert.False(ownership.Covers(Child(Reference("one", "1", apiVersion: "elsewhere.io/v1"))));
        Assert.False(ownership.Covers(Child()));
    }

    [Fact]
    public void An_object_that_is_kept_is_ours_by_its_labels_and_gets_no_owner()
    {
        var ownership = Ownership.Kept(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });

        Assert.True(ownership.Covers(Labelled(("a", "1"), ("b", "2"), ("c", "3"))));
        Assert.False(ownership.Covers(Labelled(("a", "1"), ("b", "3"))));
        Assert.False(ownership.Covers(Labelled(("a", "1"))));
        Assert.False(ownership.Covers(Child(Reference("one", "1"))));
        Assert.Empty(ownership.References);
    }

    [Fact]
    public void The_owners_of_a_shared_object_are_the_same_whatever_their_order_and_none_is_its_controller()
    {
        V1OwnerReference[] owners = [Reference("two", "2", controller: true), Reference("one", "1"), Reference("two", "2")];

        var references = Ownership.Shared<Gadget>(owners).References;

        Assert.Equal(["1", "2"], references.Select(reference => reference.Uid));
        Assert.All(references, reference => Assert.Null(reference.Controller));
    }

    [Fact]
    public void A_child_concerns_every_owner_of_the_kind_and_nobody_else()
    {
        var child = Child(Reference("one", "1"), Reference("two", "2", controller: true), Reference("three", "3", apiVersion: "apps/v1", kind: "Deployment"));

        Assert.Equal(["space/one", "space/two"], OwnerMap.OwnersOf<Gadget>(child).Select(key => key.ToString()));
    }

    private static V1ConfigMap Labelled(params (string Key, string Value)[] labels) =>
        new() { Metadata = new V1ObjectMeta { Name = "child", Labels = labels.ToDictionary(label => label.Key, label => label.Value) } };

    private static Gadget Owner(string name, string uid) =>
        new() { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "space", Uid = uid } };

    private static V1OwnerReference Reference(string name, string uid, bool? controller = null, string apiVersion = "runtime.test/v1", string kind = "Gadget") =>
        new() { ApiVersion = apiVersion, Kind = kind, Name = name, Uid = uid, Controller = controller };

    private static V1ConfigMap Child(params V1OwnerReference[] owners) => new()
    {
        Metadata = new V1ObjectMeta { Name = "child", NamespaceProperty = "space", OwnerReferences = owners },
    };
}

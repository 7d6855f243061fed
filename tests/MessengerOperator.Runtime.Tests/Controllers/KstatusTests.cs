using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Tests.Controllers;

/// <summary>The rules of kstatus (cli-utils) and of fluxcd/pkg runtime/conditions/check, held over random lives of an object.</summary>
public sealed class KstatusTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_rules_hold_after_every_pass(int seed)
    {
        var random = new Random(seed);
        using var world = new PipelineWorld();
        for (var pass = 0; pass < 8; pass++)
        {
            for (var step = 0; step < 3; step++)
            {
                world.Controller.Script[step] = Outcome(random.Next(9));
            }

            if (random.Next(3) == 0)
            {
                world.Gadget.Metadata.Generation++;
            }

            world.Time.Advance(TimeSpan.FromMinutes(random.Next(8)));
            await world.PassAsync();
            AssertRules(world);

            var (status, writes) = (world.Gadget.Status, world.Api.Writes);
            await world.PassAsync();
            Assert.Equal(status!.Conditions!, world.Gadget.Status!.Conditions!);
            Assert.Equal(writes, world.Api.Writes);
        }
    }

    private static void AssertRules(PipelineWorld world)
    {
        var (generation, root) = (world.Gadget.Metadata.Generation, world.Gadget.Status!.ObservedGeneration);
        var (ready, reconciling, stalled) = (world.Condition("Ready"), world.Condition("Reconciling"), world.Condition("Stalled"));

        Assert.NotNull(ready);
        Assert.False(reconciling is not null && stalled is not null, "Reconciling and Stalled together");
        Assert.True(reconciling is null or { Status: "True" }, "Reconciling is there and not True");
        Assert.True(stalled is null or { Status: "True" }, "Stalled is there and not True");
        Assert.True(root is null || root <= generation, "observedGeneration is ahead");
        Assert.All(world.Gadget.Status.Conditions!, condition => Assert.NotNull(condition.ObservedGeneration));
        Assert.All(world.Gadget.Status.Conditions!, condition => Assert.True(condition.ObservedGeneration <= generation));
        Assert.All(world.Gadget.Status.Conditions!, condition => Assert.NotEmpty(condition.Message));
        Assert.Equal(world.Gadget.Status.Conditions!.Count, world.Gadget.Status.Conditions.Select(condition => condition.Type).Distinct().Count());
        if (ready.Status == "True")
        {
            Assert.Null(reconciling);
            Assert.Null(stalled);
            Assert.Equal(generation, root);
            Assert.All(world.Gadget.Status.Conditions, condition => Assert.Equal(root, condition.ObservedGeneration));
        }
        else
        {
            Assert.True(reconciling is not null || stalled is not null, "not Ready without a word why");
            var worst = world.Gadget.Status.Conditions.First(condition => condition.Type is "First" or "Second" && condition.Status != "True");
            Assert.Equal((worst.Status, worst.Reason, worst.Message), (ready.Status, ready.Reason, ready.Message));
        }

        if (ready.Status == "Unknown")
        {
            Assert.NotNull(reconciling);
        }

        if (stalled is not null)
        {
            Assert.Equal(generation, root);
        }
    }

    private static Func<GadgetContext, StepOutcome> Outcome(int kind) => kind switch
    {
        0 => _ => StepOutcome.Wait("SecretNotFound", "No such Secret.", TimeSpan.FromMinutes(1)),
        1 => _ => StepOutcome.Wait("Progressing", "Under way.", TimeSpan.FromSeconds(5), ConditionStatus.Unknown),
        2 => _ => StepOutcome.Stalled("InvalidSpec", "It cannot be."),
        3 => _ => StepOutcome.KeepLastGood("ProviderUnavailable", "The provider does not answer.", TimeSpan.FromMinutes(1)),
        4 => _ => throw new InvalidOperationException("boom"),
        5 => _ => StepOutcome.Wait("CrashLooping", "It serves, but not as it should.", TimeSpan.FromMinutes(1)) with { LaterStepsRun = true },
        _ => _ => StepOutcome.DoneWith("Fine", "All is well."),
    };
}

using MessengerOperator.Meta;
using MessengerOperator.Runtime.Controllers;

namespace MessengerOperator.Runtime.Tests.Controllers;

public sealed class StepOutcomeTests
{
    [Fact]
    public void Done_has_a_reason_and_an_empty_message()
    {
        Assert.Equal(Reason.Succeeded, StepOutcome.Done.Reason);
        Assert.Equal(string.Empty, StepOutcome.Done.Message);
    }

    [Fact]
    public void A_step_that_waits_cannot_claim_that_its_condition_holds() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StepOutcome.Wait("Progressing", "Soon.", TimeSpan.FromSeconds(1), ConditionStatus.True));

    [Fact]
    public void An_outcome_keeps_its_kind_when_it_is_copied()
    {
        var stalled = StepOutcome.Stalled("InvalidSpec", "No.") with { RequeueAfter = TimeSpan.FromMinutes(15), EventMessage = "The provider said no." };

        Assert.IsType<StepOutcome.Stalling>(stalled);
        Assert.Equal(("InvalidSpec", "No."), (stalled.Reason.Name, stalled.Message));
    }
}

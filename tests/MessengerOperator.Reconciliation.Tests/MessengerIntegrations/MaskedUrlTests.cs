using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

/// <summary>A token in a URL is never shown, and what is shown still tells which URLs are ours.</summary>
public class MaskedUrlTests
{
    private static readonly Uri Url = new("https://hooks.acme.example:8443/contact-centre/acme/Zt8P0a-6hYv_Qn2s");
    private static readonly Uri Shown = new("https://hooks.acme.example:8443/contact-centre/acme/***");
    private static readonly Secret Current = new("Zt8P0a-6hYv_Qn2s");
    private static readonly Secret Former = new("a1B2c3D4");

    [Fact]
    public void A_token_at_the_end_of_the_path_is_masked()
    {
        Assert.Equal(Shown, MaskedUrl.Show(Url, [Current, Former]));
        Assert.Equal(Shown, MaskedUrl.Show(new Uri("https://hooks.acme.example:8443/contact-centre/acme/a1B2c3D4"), [Current, Former]));
        Assert.EndsWith("/***", MaskedUrl.Show(Url, [Current]).AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_URL_is_shown_as_it_is()
    {
        Assert.Equal(Url, MaskedUrl.Show(Url, [Former]));
        Assert.Equal(Url, MaskedUrl.Show(Url, [new Secret("Qn2s")]));
    }

    [Fact]
    public void What_is_masked_stands_for_each_token_the_current_one_first()
    {
        Assert.Equal([Url, new Uri("https://hooks.acme.example:8443/contact-centre/acme/a1B2c3D4")], MaskedUrl.Unmask(Shown, [Current, Former]));
        Assert.Empty(MaskedUrl.Unmask(Shown, []));
        Assert.Equal([Url], MaskedUrl.Unmask(Url, [Former]));
    }
}

namespace MessengerOperator.Providers.Webhooks;

/// <summary>The webhook half of a provider: pure, over raw bytes, safe for NativeAOT and concurrent use.</summary>
public interface IProviderWebhook;

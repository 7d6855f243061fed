using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator.Control;

/// <summary>The JSON of the control API: camelCase members, enums by name.</summary>
/// <remarks>Types that clients write have setters, because generated code overwrites the defaults of absent init members.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(AccountSummary))]
[JsonSerializable(typeof(IReadOnlyList<AccountSummary>))]
[JsonSerializable(typeof(CustomerMessage))]
[JsonSerializable(typeof(IReadOnlyList<AcceptedEvent>))]
[JsonSerializable(typeof(AcceptedEvent))]
[JsonSerializable(typeof(CallReport))]
[JsonSerializable(typeof(ControlError))]
[JsonSerializable(typeof(DeliveryReport))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, Fault>))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(IReadOnlyCollection<NameOverride>))]
[JsonSerializable(typeof(NameOverride))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string?>))]
[JsonSerializable(typeof(HoldSwitch))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(LocalModeSwitch))]
[JsonSerializable(typeof(RegistrationReport))]
[JsonSerializable(typeof(IReadOnlyList<SentMessage>))]
[JsonSerializable(typeof(SimulatorSettings))]
[JsonSerializable(typeof(TokenRevocation))]
[JsonSerializable(typeof(WebhookChange))]
internal sealed partial class ControlJson : JsonSerializerContext;

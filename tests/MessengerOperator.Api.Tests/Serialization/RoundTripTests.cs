using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Api.Tests.Schema;
using MessengerOperator.Api.Tests.SpecRules;

namespace MessengerOperator.Api.Tests.Serialization;

public class RoundTripTests
{
    public static TheoryData<string> Assets => [.. SpecObjects.Assets];

    [Theory]
    [MemberData(nameof(Assets))]
    public void Reading_and_writing_an_object_changes_nothing(string asset)
    {
        var stored = StructuralSchema.Committed.ApplyDefaults(SpecObjects.Asset(asset));

        var written = JsonNode.Parse(KubernetesJson.Serialize(KubernetesJson.Deserialize<MessengerIntegration>(stored.ToJsonString())))!;

        Assert.True(JsonNode.DeepEquals(stored, written), $"{stored}\n{written}");
    }

    [Fact]
    public void A_whole_status_survives_and_obeys_the_schema()
    {
        var status = new MessengerIntegrationStatus
        {
            ObservedGeneration = 3,
            Provider = MessengerProvider.Telegram,
            Conditions = [new V1Condition { Type = "Ready", Status = "True", Reason = "Ready", Message = "", LastTransitionTime = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc), ObservedGeneration = 3 }],
            Account = new() { Id = "7012345678", Username = "acme_support_bot", DisplayName = "Acme" },
            Webhook = new()
            {
                Url = "https://hooks.acme.example:8443/contact-centre/acme-support",
                TokenSecretRef = new() { Name = "acme-support-webhook", Key = "token" },
                PendingDeliveries = 0,
                LastError = new() { Reason = "ConnectionRefused", Time = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc) },
            },
            Registrations =
            [
                new()
                {
                    Provider = MessengerProvider.Telegram,
                    AccountId = "7012345678",
                    Scope = "bot",
                    Url = "https://hooks.acme.example:8443/contact-centre/acme-support",
                    State = RegistrationState.Active,
                    Since = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc),
                    SettingsHash = "sha256:00",
                    Salt = "00",
                    ApiBaseUrl = "http://bot-api:8081",
                    Credentials = [new() { Field = "apiToken", Name = "acme-telegram", Key = "apiToken" }],
                },
            ],
            Receiver = new() { Group = "acme-support", Service = "acme-support-receiver", Replicas = 1, ReadyReplicas = 1 },
            LastHandledRequest = "2026-11-23T10:00:00Z",
            LastHandledRotation = "1",
        };
        var entity = SpecObjects.Asset("telegram");
        entity["status"] = JsonNode.Parse(KubernetesJson.Serialize(status));

        Assert.Empty(StructuralSchema.Committed.Validate(entity));

        var read = KubernetesJson.Deserialize<MessengerIntegration>(entity.ToJsonString());
        Assert.Equal(KubernetesJson.Serialize(status), KubernetesJson.Serialize(read.Status));
        Assert.Equal("""{"id":"7012345678","username":"acme_support_bot","displayName":"Acme"}""", KubernetesJson.Serialize(read.Status!.Account));
    }

    [Fact]
    public void The_fields_of_the_types_are_the_fields_of_the_definition()
    {
        var written = JsonNode.Parse(KubernetesJson.Serialize(new MessengerIntegration()))!.AsObject();

        Assert.Equal("messenger-operator.io/v1alpha1", written["apiVersion"]!.GetValue<string>());
        Assert.Equal("MessengerIntegration", written["kind"]!.GetValue<string>());
    }

    [Fact]
    public void A_list_with_an_object_from_a_newer_definition_is_still_readable()
    {
        var newer = SpecObjects.Asset("telegram");
        newer["spec"]!["provider"] = "Slack";
        newer["spec"]!["checkInterval"] = "fortnightly";
        newer["spec"]!["deletionPolicy"] = 7;
        newer["spec"]!["slack"] = new JsonObject { ["workspace"] = "acme" };
        var list = new JsonObject { ["items"] = new JsonArray(newer, SpecObjects.Asset("viber")), ["metadata"] = new JsonObject { ["resourceVersion"] = "5" } };

        var read = KubernetesJson.Deserialize<MessengerIntegrationList>(list.ToJsonString());

        Assert.Equal([MessengerProvider.Unrecognized, MessengerProvider.Viber], read.Items.Select(item => item.Spec.Provider));
        Assert.False(read.Items[0].Spec.CheckInterval.IsValid);
        Assert.Equal(DeletionPolicy.Unrecognized, read.Items[0].Spec.DeletionPolicy);
    }

    [Fact]
    public void With_conditions_changes_nothing_else()
    {
        var status = new MessengerIntegrationStatus { LastHandledRequest = "a" };

        var changed = status.WithConditions([new V1Condition { Type = "Ready" }], 4);

        Assert.Equal("a", changed.LastHandledRequest);
        Assert.Equal(4, changed.ObservedGeneration);
        Assert.Null(status.Conditions);
    }
}

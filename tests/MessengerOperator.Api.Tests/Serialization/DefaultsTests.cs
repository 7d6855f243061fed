using System.Reflection;
using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.Tests.Serialization;

public class DefaultsTests
{
    public static TheoryData<Type> SpecTypes =>
    [
        .. typeof(MessengerIntegrationSpec).Assembly.GetExportedTypes()
            .Where(type => type.GetProperties().Any(property => property.IsDefined(typeof(DefaultValueAttribute)))),
    ];

    [Theory]
    [MemberData(nameof(SpecTypes))]
    public void A_new_object_starts_with_what_the_api_server_would_fill_in(Type type)
    {
        var written = JsonNode.Parse(KubernetesJson.Serialize(Activator.CreateInstance(type)!))!;
        foreach (var property in type.GetProperties().Where(property => property.IsDefined(typeof(DefaultValueAttribute))))
        {
            var attribute = property.GetCustomAttribute<DefaultValueAttribute>()!;
            var found = written[System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name)];
            if (attribute.Json is null)
            {
                Assert.Equal(attribute.Value is Enum member ? member.ToString() : attribute.Value!.ToString(), found!.ToString(), ignoreCase: attribute.Value is bool);
            }
            else
            {
                // {} is filled up with the defaults of its own fields; those are checked with their type.
                Assert.Equal("{}", attribute.Json);
                Assert.IsType<JsonObject>(found);
            }
        }
    }
}

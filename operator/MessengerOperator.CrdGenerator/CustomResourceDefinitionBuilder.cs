using System.Reflection;
using System.Text.Json.Nodes;
using k8s.Models;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.CrdGenerator;

/// <summary>Makes an apiextensions.k8s.io/v1 CustomResourceDefinition from an entity type and its attributes.</summary>
internal sealed class CustomResourceDefinitionBuilder(SchemaBuilder schemas)
{
    public JsonObject Build(Type entity)
    {
        var names = entity.GetCustomAttribute<KubernetesEntityAttribute>() ?? throw new ArgumentException($"{entity} is no entity.", nameof(entity));
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{names.PluralName}.{names.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = names.Group,
                ["names"] = Names(entity, names),
                ["scope"] = (entity.GetCustomAttribute<EntityScopeAttribute>()?.Scope ?? EntityScope.Namespaced).ToString(),
                ["versions"] = new JsonArray(Version(entity, names)),
            },
        };
    }

    private static JsonObject Names(Type entity, KubernetesEntityAttribute names)
    {
        var result = new JsonObject();
        if (entity.GetCustomAttribute<KubernetesEntityCategoriesAttribute>() is { } categories)
        {
            result["categories"] = Texts(categories.Categories);
        }

        result["kind"] = names.Kind;
        result["listKind"] = $"{names.Kind}List";
        result["plural"] = names.PluralName;
        if (entity.GetCustomAttribute<KubernetesEntityShortNamesAttribute>() is { } shortNames)
        {
            result["shortNames"] = Texts(shortNames.ShortNames);
        }

#pragma warning disable CA1308 // The singular is the kind in lower case by Kubernetes' rules.
        result["singular"] = names.Kind.ToLowerInvariant();
#pragma warning restore CA1308
        return result;
    }

    private JsonObject Version(Type entity, KubernetesEntityAttribute names) => new()
    {
        ["name"] = names.ApiVersion,
        ["served"] = true,
        ["storage"] = entity.IsDefined(typeof(StorageVersionAttribute)),
        ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
        ["additionalPrinterColumns"] = new JsonArray([.. entity.GetCustomAttributes<GenericAdditionalPrinterColumnAttribute>().Select(Column)]),
        ["schema"] = new JsonObject { ["openAPIV3Schema"] = schemas.BuildRoot(entity) },
    };

    private static JsonObject Column(GenericAdditionalPrinterColumnAttribute column)
    {
        var result = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
        if (column.Description is not null)
        {
            result["description"] = column.Description;
        }

        if (column.Priority != 0)
        {
            result["priority"] = column.Priority;
        }

        return result;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.CrdGenerator;

/// <summary>Which properties of a type are fields on the wire, and what they are called there.</summary>
internal static class FieldNames
{
    /// <summary>The fields in the order of declaration.</summary>
    public static IEnumerable<PropertyInfo> FieldsOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && !property.IsDefined(typeof(IgnoreAttribute)) && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .OrderBy(property => property.MetadataToken);

    /// <summary>The name as KubernetesClient's serializer writes it.</summary>
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}

using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MessengerOperator.CrdGenerator;

/// <summary>The summaries of an assembly's XML documentation, as plain text on one line.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, string> _summaries;

    private XmlDocumentation(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the file beside the assembly.</summary>
    /// <exception cref="FileNotFoundException">The assembly was built without documentation.</exception>
    public static XmlDocumentation For(Assembly assembly)
    {
        var members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member");
        return new(members
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => PlainText(member.Element("summary")!), StringComparer.Ordinal));
    }

    /// <exception cref="InvalidOperationException">The type has no summary.</exception>
    public string Of(Type type) => Find($"T:{type.FullName}");

    /// <exception cref="InvalidOperationException">The property has no summary.</exception>
    public string Of(PropertyInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <exception cref="InvalidOperationException">The field has no summary.</exception>
    public string Of(FieldInfo field) => Find($"F:{field.DeclaringType!.FullName}.{field.Name}");

    private static string PlainText(XElement summary)
    {
        foreach (var reference in summary.Descendants("see").ToArray())
        {
            var target = (reference.Attribute("cref") ?? reference.Attribute("langword"))?.Value ?? "";
            reference.ReplaceWith(target[(target.LastIndexOf('.') + 1)..]);
        }

        return Whitespace().Replace(summary.Value, " ").Trim();
    }

    private string Find(string member) =>
        _summaries.TryGetValue(member, out var text) ? text : throw new InvalidOperationException($"{member} has no <summary>; it becomes the text of kubectl explain.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}

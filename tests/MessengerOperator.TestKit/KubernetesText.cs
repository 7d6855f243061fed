using k8s;

namespace MessengerOperator.TestKit;

/// <summary>Objects as a test's failure message shows them.</summary>
internal static class KubernetesText
{
    public static string Of(object value)
    {
        try
        {
            return KubernetesJson.Serialize(value);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            return value.ToString() ?? value.GetType().Name;
        }
    }
}

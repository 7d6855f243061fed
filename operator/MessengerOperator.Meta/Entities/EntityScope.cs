namespace MessengerOperator.Meta.Entities;

/// <summary>Whether objects of a kind live in a namespace.</summary>
public enum EntityScope
{
    /// <summary>Each object lives in one namespace.</summary>
    Namespaced,

    /// <summary>Objects live beside the namespaces.</summary>
    Cluster,
}

namespace MessengerOperator.Receiver.Spool;

/// <summary>Something to do with the file, on the spool's thread and outside of any transaction.</summary>
internal interface ISpoolTask
{
    /// <summary>Does it. May throw what the file throws.</summary>
    void Run(SpoolFile file);

    /// <summary>Instead of <see cref="Run"/>, or after it threw: the file cannot be used now.</summary>
    void Fail();
}

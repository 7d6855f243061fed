namespace MessengerOperator.Bench.Receiver;

/// <summary>Whose requests are sent.</summary>
internal enum Messenger
{
    /// <summary>LINE: signed bodies.</summary>
    Line,

    /// <summary>Telegram: a secret token beside the body.</summary>
    Telegram,
}

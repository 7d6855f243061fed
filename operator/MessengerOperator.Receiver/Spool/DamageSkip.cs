namespace MessengerOperator.Receiver.Spool;

/// <summary>Finds the end of damage in a table whose rows are numbered.</summary>
internal static class DamageSkip
{
    /// <summary>
    /// The number after which rows can be read again, when they cannot after <paramref name="after"/>; null when there is none. Goes ahead in
    /// steps that double, and back to the edge by halves: a few dozen looks however large the damage is. Rows between two damages that lie close together may be missed.
    /// </summary>
    /// <param name="after">After this number the next row cannot be read.</param>
    /// <param name="canRead">Whether the next row after a number can be read, or there is none.</param>
    public static long? Past(long after, Func<long, bool> canRead)
    {
        var broken = after;
        long step = 1;
        while (!canRead(broken + step))
        {
            broken += step;
            if (broken > long.MaxValue - (2 * step) || step > long.MaxValue / 4)
            {
                return null;
            }

            step *= 2;
        }

        var whole = broken + step;
        while (whole - broken > 1)
        {
            var middle = broken + ((whole - broken) / 2);
            (broken, whole) = canRead(middle) ? (broken, middle) : (middle, whole);
        }

        return whole;
    }
}

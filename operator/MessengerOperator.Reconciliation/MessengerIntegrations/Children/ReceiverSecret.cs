using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Children;

/// <summary>A member's part of the Secret of its group: what its requests are verified with, what the probe is answered with, and what its sink wants.</summary>
/// <remarks>
/// Copies, since a pod mounts the whole Secret: what is mounted must not depend on who the members are. A verification secret that is replaced stays as
/// <c>KEY-previous</c> for the overlap, so that what was signed with it before the provider knew of the new one is still accepted.
/// </remarks>
internal static class ReceiverSecret
{
    private const string ProbeContext = "messenger-operator-probe-key-v1";

    /// <summary>The part as it is to be, and what it means for the receiver.</summary>
    /// <param name="member">The member.</param>
    /// <param name="live">The Secret as it is; null when there is none.</param>
    /// <param name="isSameAccount">Whether the member was there for the same account before; if not, nothing of the former one is accepted.</param>
    /// <param name="now">The time, to the second.</param>
    public static (V1Secret Intent, MemberSecrets State) Build(ReceiverMember member, V1Secret? live, bool isSameAccount, DateTime now)
    {
        var values = member.VerificationValues;
        var probeKey = DeriveProbeKey(member, values);
        var (changedAt, hasChanged) = ChangedAt(member, values, probeKey, live, now);
        var formers = isSameAccount ? Formers(member, values, live, isOver: now >= changedAt + member.Overlap) : [];
        var data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [member.Files.ProbeKey] = probeKey.RevealUtf8(),
            [member.Files.ChangedAt] = Encoding.UTF8.GetBytes(changedAt.ToString("O", CultureInfo.InvariantCulture)),
        };
        foreach (var (key, value) in values.Concat(formers).Concat(member.SinkValues))
        {
            data[key] = value.RevealUtf8();
        }

        var intent = new V1Secret { ApiVersion = "v1", Kind = "Secret", Metadata = member.Group.Metadata(), Type = "Opaque", Data = data };
        return (intent, new MemberSecrets(probeKey, changedAt, formers.Count > 0 ? changedAt + member.Overlap : null) { HasChanged = hasChanged });
    }

    /// <summary>
    /// The probe's key: it changes with every verification secret and with the group, so that a probe that is answered proves that this receiver has loaded exactly these.
    /// </summary>
    private static Secret DeriveProbeKey(ReceiverMember member, IReadOnlyDictionary<string, Secret> values)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, member.ProbeKey.RevealUtf8());
        foreach (var part in values.SelectMany(value => new[] { Encoding.UTF8.GetBytes(value.Key), value.Value.RevealUtf8() })
            .Prepend(Encoding.UTF8.GetBytes(member.Group.Name)).Prepend(Encoding.UTF8.GetBytes(ProbeContext)))
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return new Secret(Base64Url.EncodeToString(hash.GetHashAndReset()));
    }

    private static (DateTime At, bool HasChanged) ChangedAt(ReceiverMember member, IReadOnlyDictionary<string, Secret> values, Secret probeKey, V1Secret? live, DateTime now)
    {
        var isSame = values.All(value => Is(live, value.Key, value.Value)) && Is(live, member.Files.ProbeKey, probeKey);
        return isSame
            && Text(live, member.Files.ChangedAt) is { } text
            && DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            && at <= now
                ? (at, false)
                : (now, true);
    }

    private static Dictionary<string, Secret> Formers(ReceiverMember member, IReadOnlyDictionary<string, Secret> values, V1Secret? live, bool isOver)
    {
        var formers = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            var former = MemberFiles.Former(key);
            var mayGo = isOver && (key != member.Files.Token || member.IsTokenConfirmed);
            var kept = key == member.Files.Token && member.FormerToken is { } token ? token
                : Text(live, key) is { Length: > 0 } replaced && replaced != value.Reveal() ? new Secret(replaced)
                : !mayGo && Text(live, former) is { Length: > 0 } known ? new Secret(known)
                : null;
            if (kept is not null && kept.Reveal() != value.Reveal())
            {
                formers[former] = kept;
            }
        }

        return formers;
    }

    private static bool Is(V1Secret? live, string key, Secret value) => live?.Data?.TryGetValue(key, out var found) == true && found.AsSpan().SequenceEqual(value.RevealUtf8());

    private static string? Text(V1Secret? live, string key) => live?.Data?.TryGetValue(key, out var found) == true ? Encoding.UTF8.GetString(found) : null;
}

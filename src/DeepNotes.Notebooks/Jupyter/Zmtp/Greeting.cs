using System.Text;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>The greeting, the first 64 bytes from each peer: signature, version, security mechanism (ZMTP 3.0).</summary>
internal static class Greeting
{
    public const int Length = 64;
    private const int SignatureLength = 10;
    private const byte Major = 3;
    private const int MechanismStart = 12;
    private const int MechanismLength = 20;

    private static readonly byte[] Null = Encoding.ASCII.GetBytes("NULL".PadRight(MechanismLength, '\0'));

    /// <summary>The greeting of this kernel: version 3.0, mechanism NULL.</summary>
    public static byte[] Create()
    {
        var greeting = new byte[Length];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[SignatureLength] = Major;
        Null.CopyTo(greeting, MechanismStart);
        return greeting;
    }

    /// <exception cref="ZmtpException">The peer uses another protocol, an older version or another mechanism.</exception>
    public static async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var greeting = new byte[Length];
        await stream.ReadExactlyAsync(greeting.AsMemory(0, SignatureLength + 1), cancellation).ConfigureAwait(false);

        // The bytes between the first and the last of the signature are not specified.
        if (greeting[0] != 0xFF || (greeting[9] & 1) == 0)
        {
            throw new ZmtpException("greeting: expected the signature of ZMTP.");
        }

        if (greeting[SignatureLength] < Major)
        {
            throw new ZmtpException($"greeting: expected ZMTP 3 or later, got version byte {greeting[SignatureLength]}.");
        }

        await stream.ReadExactlyAsync(greeting.AsMemory(SignatureLength + 1), cancellation).ConfigureAwait(false);
        if (!greeting.AsSpan(MechanismStart, MechanismLength).SequenceEqual(Null))
        {
            throw new ZmtpException("greeting: expected the mechanism NULL.");
        }
    }
}

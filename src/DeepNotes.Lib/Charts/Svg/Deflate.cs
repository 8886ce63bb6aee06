namespace DeepNotes;

/// <summary>
/// Compresses pixels (RFC 1950 and 1951) with fixed Huffman codes, and with matches of the previous byte or the previous row
/// alone. The platform's ZLibStream compresses slightly better, but its output depends on the processor, and a figure must
/// have the same bytes on every machine.
/// </summary>
internal sealed class Deflate
{
    private const int ShortestMatch = 3;
    private const int LongestMatch = 258;
    private const int FarthestMatch = 32768;
    private const int EndOfBlock = 256;

    private readonly List<byte> _bytes = [0x78, 0x01];
    private int _pending;
    private int _pendingBits;

    private Deflate() { }

    public static byte[] ZLib(ReadOnlySpan<byte> data, int rowLength)
    {
        var output = new Deflate();
        const int lastBlockWithFixedCodes = 0b011;
        output.WriteBits(lastBlockWithFixedCodes, 3);
        var i = 0;
        while (i < data.Length)
        {
            var (length, distance) = BestMatch(data, i, rowLength);
            if (length >= ShortestMatch)
            {
                output.WriteMatch(length, distance);
                i += length;
            }
            else
            {
                output.WriteSymbol(data[i]);
                i++;
            }
        }
        output.WriteSymbol(EndOfBlock);
        output.WriteBits(0, (8 - output._pendingBits) % 8);
        var checksum = Adler32(data);
        return [.. output._bytes, (byte)(checksum >> 24), (byte)(checksum >> 16), (byte)(checksum >> 8), (byte)checksum];
    }

    private static (int Length, int Distance) BestMatch(ReadOnlySpan<byte> data, int position, int rowLength)
    {
        var best = (Length: 0, Distance: 0);
        foreach (var distance in (ReadOnlySpan<int>)[1, rowLength])
        {
            if (distance > position || distance > FarthestMatch)
            {
                continue;
            }
            var length = 0;
            var limit = Math.Min(LongestMatch, data.Length - position);
            while (length < limit && data[position + length] == data[position + length - distance])
            {
                length++;
            }
            if (length > best.Length)
            {
                best = (length, distance);
            }
        }
        return best;
    }

    private void WriteMatch(int length, int distance)
    {
        if (length == LongestMatch)
        {
            WriteSymbol(285);
        }
        else
        {
            var (code, extraBits, extra) = Bucket(length - ShortestMatch, bucketsPerDoubling: 4);
            WriteSymbol(257 + code);
            WriteBits(extra, extraBits);
        }
        var (distanceCode, distanceBits, distanceExtra) = Bucket(distance - 1, bucketsPerDoubling: 2);
        WriteReversed(distanceCode, 5);
        WriteBits(distanceExtra, distanceBits);
    }

    /// <summary>
    /// The code and the extra bits of a length or a distance: in both tables of RFC 1951, each doubling of the value has the same
    /// number of buckets and one more extra bit.
    /// </summary>
    private static (int Code, int ExtraBits, int Extra) Bucket(int value, int bucketsPerDoubling)
    {
        var extraBits = 0;
        while (value >> extraBits >= 2 * bucketsPerDoubling)
        {
            extraBits++;
        }
        return (extraBits * bucketsPerDoubling + (value >> extraBits), extraBits, value & ((1 << extraBits) - 1));
    }

    private void WriteSymbol(int symbol)
    {
        var (code, bits) = symbol switch
        {
            < 144 => (0x30 + symbol, 8),
            < 256 => (0x190 + symbol - 144, 9),
            < 280 => (symbol - 256, 7),
            _ => (0xc0 + symbol - 280, 8),
        };
        WriteReversed(code, bits);
    }

    /// <summary>Huffman codes are written from the most significant bit, all other numbers from the least significant one.</summary>
    private void WriteReversed(int code, int bits)
    {
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            WriteBits((code >> bit) & 1, 1);
        }
    }

    private void WriteBits(int value, int bits)
    {
        _pending |= value << _pendingBits;
        _pendingBits += bits;
        while (_pendingBits >= 8)
        {
            _bytes.Add((byte)_pending);
            _pending >>= 8;
            _pendingBits -= 8;
        }
    }

    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }
}

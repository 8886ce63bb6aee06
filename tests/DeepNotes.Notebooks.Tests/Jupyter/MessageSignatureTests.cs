using System.Security.Cryptography;
using System.Text;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Notebooks.Tests.Jupyter;

public class MessageSignatureTests
{
    private static readonly byte[][] Parts = [[1, 2], [], [3], [4]];

    [Fact]
    public void The_signature_covers_every_byte()
    {
        var signature = new MessageSignature("key");
        var right = signature.Create(Parts);

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, [1, 2, 3, 4])), Encoding.ASCII.GetString(right));
        AssertRejected(signature, [[1, 2], [], [3], [5]], right);
        AssertRejected(signature, Parts, right[..^1]);
        AssertRejected(signature, Parts, Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(right).ToUpperInvariant()));
        signature.Accept(Parts, right);
    }

    [Fact]
    public void A_signature_is_accepted_once_even_if_the_frames_are_split_differently()
    {
        var signature = new MessageSignature("key");
        signature.Accept(Parts, signature.Create(Parts));

        AssertRejected(signature, Parts, signature.Create(Parts));
        AssertRejected(signature, [[1], [2], [3], [4]], signature.Create(Parts));
    }

    [Fact]
    public void The_most_recent_signatures_are_remembered()
    {
        var signature = new MessageSignature("key", historySize: 3);
        void Accept(byte number) => signature.Accept([[number]], signature.Create([[number]]));
        for (byte number = 0; number < 4; number++)
        {
            Accept(number);
        }

        Assert.Throws<FormatException>(() => Accept(1));
        Assert.Throws<FormatException>(() => Accept(3));
        Accept(0);
    }

    [Fact]
    public void A_wrong_signature_is_not_remembered()
    {
        var signature = new MessageSignature("key");
        var right = signature.Create(Parts);

        AssertRejected(signature, [[9]], right);
        signature.Accept(Parts, right);
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_or_remembered()
    {
        var signature = new MessageSignature("");

        Assert.Empty(signature.Create(Parts));
        signature.Accept(Parts, []);
        signature.Accept(Parts, [1]);
    }

    private static void AssertRejected(MessageSignature signature, byte[][] parts, byte[] given) =>
        Assert.Throws<FormatException>(() => signature.Accept(parts, given));
}

namespace DeepNotes.Tests.Support;

/// <summary>What is refused: by which error, and how its message begins, which names the operation, what it expects and what came.</summary>
public sealed record Mistake(Type Error, string Message, Func<object?> Make)
{
    public static Mistake WrongShape(string message, Func<object?> make) => new(typeof(ShapeException), message, make);

    public static Mistake WrongNumber(string message, Func<object?> make) => new(typeof(ArgumentOutOfRangeException), message, make);

    public static Mistake Missing(string message, Func<object?> make) => new(typeof(ArgumentNullException), message, make);

    public void IsRefused()
    {
        var error = Assert.Throws(Error, Make);
        Assert.True(error.Message.StartsWith(Message, StringComparison.Ordinal), $"expected: {Message}\ngot: {error.Message}");
    }
}

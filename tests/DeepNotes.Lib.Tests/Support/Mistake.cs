namespace DeepNotes.Tests.Support;

/// <summary>A call that must throw: the type of the exception and the beginning of its message, which names the operation, the expected and the given value.</summary>
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

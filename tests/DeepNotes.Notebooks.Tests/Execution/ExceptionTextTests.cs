using System.Reflection;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class ExceptionTextTests
{
    private static readonly Exception Missing = new DllNotFoundException("libfoo.so.2 is missing");

    public static TheoryData<Exception, string> Errors => new()
    {
        { new FormatException("plain"), "FormatException: plain" },
        { new TypeInitializationException("Native", Missing), "TypeInitializationException: The type initializer for 'Native' threw an exception. Caused by DllNotFoundException: libfoo.so.2 is missing" },
        { new TypeInitializationException("A", new TypeInitializationException("B", Missing)), "TypeInitializationException: The type initializer for 'A' threw an exception. Caused by TypeInitializationException: The type initializer for 'B' threw an exception. Caused by DllNotFoundException: libfoo.so.2 is missing" },
        { new TargetInvocationException(new AggregateException(Missing)), "DllNotFoundException: libfoo.so.2 is missing" },
        { new InvalidOperationException("outer", new TargetInvocationException(Missing)), "InvalidOperationException: outer. Caused by DllNotFoundException: libfoo.so.2 is missing" },
        { new AggregateException(new FormatException("a"), new ArgumentException("b", Missing)), "AggregateException of 2: FormatException: a; ArgumentException: b. Caused by DllNotFoundException: libfoo.so.2 is missing" },
        { new AggregateException(Enumerable.Range(1, 5).Select(i => new FormatException($"e{i}"))), "AggregateException of 5: FormatException: e1; FormatException: e2; FormatException: e3; and 2 more" },
        { new ReflectionTypeLoadException([], [Missing, null]), "ReflectionTypeLoadException: *libfoo.so.2 is missing" },
        { new IOException("It failed: disk full", new FormatException("disk full")), "IOException: It failed: disk full" },
        { new InvalidOperationException("one\r\ntwo", new FormatException("three\nfour")), "InvalidOperationException: one two. Caused by FormatException: three four" },
        { new Silent(), "Silent: (its Message throws NotSupportedException)" },
        { new FormatException("", new IOException("")), "FormatException. Caused by IOException" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_exception_is_described_in_one_line(Exception error, string expected)
    {
        var parts = expected.Split('*');
        var line = ExceptionText.OneLine(error);

        Assert.StartsWith(parts[0], line, StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], line, StringComparison.Ordinal);
        Assert.True(parts.Length > 1 || line == expected, line);
    }

    [Fact]
    public void The_trace_has_all_exceptions()
    {
        var error = CellErrors.Exception(new AggregateException(new FormatException("a", Missing), new ArgumentException("b")), "cell 1");

        Assert.Equal(
            ["AggregateException: One or more errors occurred. (a) (b)", "caused by FormatException: a", "caused by DllNotFoundException: libfoo.so.2 is missing", "caused by ArgumentException: b"],
            error.Trace);
    }

    [Fact]
    public void A_long_chain_is_truncated()
    {
        var error = new FormatException("0");
        for (var i = 1; i < 100; i++)
        {
            error = new FormatException($"{i}", error);
        }

        Assert.Equal(4, ExceptionText.OneLine(error).Split("Caused by").Length - 1);
        Assert.InRange(CellErrors.Exception(error, "cell 1").Trace.Count, 10, 30);
    }

    private sealed class Silent : Exception
    {
        public override string Message => throw new NotSupportedException("no message");
    }
}

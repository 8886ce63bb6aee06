using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class SessionEndTests
{
    private const string Overflow =
        "Stack overflow.\nRepeated 1234 times:\n--------------------------------\n   at cell 7#12.<<Initialize>>g__Local|0_0(Int32)\n"
        + "--------------------------------\n   at cell 7#12+<<Initialize>>d__0.MoveNext()\n   at System.Threading.Thread.StartCallback()\n";

    private const string Mutual = "Stack overflow.\n   at System.String.Concat()\n   at cell 2#1.Even(Int32)\n   at cell 2#1.Odd(Int32)\n";

    private const string Unseen =
        "Stack overflow.\n   at cell 2#1+Tree..ctor()\n   at cell 2#1+Tree.Depth()\n   at cell 2#1+Tree.Depth()\n   at cell 2#1+Tree.Depth()\n";

    [Theory]
    [InlineData(134, Unseen, "StackOverflowException", "cell 7: stack overflow in Depth; variables are lost, restart the session.", 3)]
    [InlineData(134, Overflow, "StackOverflowException", "cell 7: stack overflow: Local called itself 1234 times; variables are lost, restart the session.", 3)]
    [InlineData(134, Mutual, "StackOverflowException", "cell 7: stack overflow in Even; variables are lost, restart the session.", 3)]
    [InlineData(134, "Stack overflow.\n", "StackOverflowException", "cell 7: stack overflow; variables are lost, restart the session.", 1)]
    [InlineData(137, "", "SessionEnded", "cell 7: the session's process was killed (exit code 137); perhaps the memory ran out; its variables are lost, restart the session.", 1)]
    [InlineData(139, "Segmentation fault\n", "SessionEnded", "cell 7: the session's process ended unexpectedly (exit code 139); its variables are lost, restart the session.", 2)]
    [InlineData(134, "Process terminated.\nbroken\n  at last\n   at System.Environment.FailFast()\n", "SessionEnded", "cell 7: the session's process ended unexpectedly (exit code 134): Process terminated. broken at last; its variables are lost, restart the session.", 5)]
    [InlineData(134, "noise\nFatal error. Internal CLR error. (0x80131506)\n   at A.B()\n", "SessionEnded", "cell 7: the session's process ended unexpectedly (exit code 134): Fatal error. Internal CLR error. (0x80131506); its variables are lost, restart the session.", 4)]
    [InlineData(null, "", "SessionEnded", "cell 7: the session was closed while the cell ran; its variables are lost, restart the session.", 1)]
    public void The_message_explains_why_the_process_ended(int? exitCode, string errorText, string name, string message, int traceLines)
    {
        var error = SessionEnd.Describe("cell 7", null, exitCode, errorText);

        Assert.Equal((name, message), (error.Name, error.Message));
        Assert.Equal(traceLines, error.Trace.Count);
    }

    [Fact]
    public void The_reason_reported_by_the_process_takes_precedence()
    {
        var error = SessionEnd.Describe("cell 7", new ErrorOutput("ProcessExit", "cell 7, line 1: Exit", []), 134, Overflow);

        Assert.Equal("cell 7, line 1: Exit; its variables are lost, restart the session.", error.Message);
    }
}

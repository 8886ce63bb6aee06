using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution;

public class InterruptChecksTests
{
    private const string Check = "if(global::DeepNotes.Notebooks.Execution.CellInterrupt.Requested)global::DeepNotes.Notebooks.Execution.CellInterrupt.Throw();";
    private const string Ask = "global::DeepNotes.Notebooks.Execution.CellInterrupt.Requested?throw new global::DeepNotes.Notebooks.Execution.CellStoppedException():";

    [Theory]
    [InlineData("while (a) { b(); }", "while (a) { «b(); }")]
    [InlineData("while (a)\n    b();", "while (a)\n{«    b();}")]
    [InlineData("for (;;)\n{\n    b();\n}", "for (;;)\n{\n«    b();\n}")]
    [InlineData("foreach (var (x, y) in z) b();", "foreach (var (x, y) in z) {«b();}")]
    [InlineData("foreach (var x in z) ;", "foreach (var x in z) {«;}")]
    [InlineData("do b(); while (a);", "do {«b(); }while (a);")]
    [InlineData("again: goto again;", "again: {«goto again;}")]
    [InlineData("int F() { return 1; }", "int F() { «return 1; }")]
    [InlineData("int F() =>\n  1;", "int F() =>\n  ?1;")]
    [InlineData("void F() => b();", "void F() => b();")]
    [InlineData("f(x => x + 1);", "f(x => ?x + 1);")]
    [InlineData("f((x, y) => { });", "f((x, y) => { «});")]
    [InlineData("f(delegate { });", "f(delegate { «});")]
    [InlineData("f(() => throw e);", "f(() => throw e);")]
    [InlineData("a = b;", "a = b;")]
    [InlineData("class A { int F() => 1; }", "class A { int F() => ?1; }")]
    [InlineData("static class A { int F() => 1; }", "static class A { int F() => ?1; }")]
    [InlineData("struct A { int F() => 1; }", "struct A { int F() => 1; }")]
    [InlineData("record struct A { int F() => 1; }", "record struct A { int F() => 1; }")]
    [InlineData("record A { int F() => 1; }", "record A { int F() => ?1; }")]
    [InlineData("static class A { static void F(ArrayView<int> a) { for (;;) { } } static int G() => 1; }", "static class A { static void F(ArrayView<int> a) { for (;;) { } } static int G() => 1; }")]
    public void Checks_are_inserted_where_code_can_repeat(string code, string expected)
    {
        var text = new CellSource(code, "cell 1").WithInterruptChecks(inExpressions: true).GetRoot().ToFullString();

        Assert.Equal(expected, text.Replace(Check, "«", StringComparison.Ordinal).Replace(Ask, "?", StringComparison.Ordinal));
        Assert.Equal(code.Split('\n').Length, text.Split('\n').Length);
    }
}

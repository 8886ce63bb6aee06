using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Inserts a check of <see cref="CellInterrupt.Requested"/> into every loop, jump and function of a cell, without moving any
/// code to another line. An expression body becomes <c>requested ? throw … : expression</c>, which is invalid for some
/// expressions (void, by reference, in an expression tree): compile without those checks if it fails.
/// Code that may be compiled for a GPU, where the flag cannot be read, is left unchanged: structs, and static classes that use an ArrayView.
/// </summary>
internal sealed class InterruptChecks(bool inExpressions) : CSharpSyntaxRewriter
{
    private const string Flag = "global::DeepNotes.Notebooks.Execution.CellInterrupt";

    private static readonly StatementSyntax Check = SyntaxFactory.ParseStatement($"if({Flag}.Requested){Flag}.Throw();");

    private static readonly ConditionalExpressionSyntax CheckedExpression = (ConditionalExpressionSyntax)
        SyntaxFactory.ParseExpression($"{Flag}.Requested?throw new global::DeepNotes.Notebooks.Execution.CellStoppedException():0");

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => node;

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) =>
        node.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? node : base.VisitRecordDeclaration(node);

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => IsForGpu(node) ? node : base.VisitClassDeclaration(node);

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = (ForStatementSyntax)base.VisitForStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(Checked(loop.Statement));
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        Checked((StatementSyntax)base.VisitGotoStatement(node)!);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        return method.WithBody(Checked(method.Body)).WithExpressionBody(Checked(method.ExpressionBody, method.ReturnType));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var function = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        return function.WithBody(Checked(function.Body)).WithExpressionBody(Checked(function.ExpressionBody, function.ReturnType));
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        var lambda = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
        return lambda.WithBlock(Checked(lambda.Block)).WithExpressionBody(Checked(lambda.ExpressionBody));
    }

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        var lambda = (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!;
        return lambda.WithBlock(Checked(lambda.Block)).WithExpressionBody(Checked(lambda.ExpressionBody));
    }

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        var method = (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!;
        return method.WithBlock(Checked(method.Block)!);
    }

    private static bool IsForGpu(ClassDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.StaticKeyword)
        && node.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText.StartsWith("ArrayView", StringComparison.Ordinal));

    private static BlockSyntax Checked(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, Check))
        : SyntaxFactory.Block(Check, body);

    private static BlockSyntax? Checked(BlockSyntax? block) => block is null ? null : Checked((StatementSyntax)block);

    private ArrowExpressionClauseSyntax? Checked(ArrowExpressionClauseSyntax? clause, TypeSyntax returnType) =>
        clause is null || returnType is RefTypeSyntax or PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            ? clause
            : clause.WithExpression(Checked(clause.Expression)!);

    // The expression keeps its line: its leading trivia moves before the check.
    private ExpressionSyntax? Checked(ExpressionSyntax? expression) =>
        !inExpressions || expression is null or ThrowExpressionSyntax or RefExpressionSyntax
            ? expression
            : CheckedExpression
                .WithWhenFalse(expression.WithoutLeadingTrivia())
                .WithLeadingTrivia(expression.GetLeadingTrivia());
}

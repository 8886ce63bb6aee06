using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The variables that cells have declared. Once a later cell redeclares a name, new code cannot reach the old variable: its
/// value is released, so that running a cell with much data ten times does not hold the data ten times. Functions, lambdas
/// and queries declared earlier still use the old variable: the names that they use are kept.
/// </summary>
internal sealed class CellVariables
{
    private readonly Dictionary<string, Variable> _byName = new(StringComparer.Ordinal);

    /// <summary>Called before the code runs: its functions and lambdas may use variables of earlier cells later on.</summary>
    public void KeepFor(Compilation cell) => Keep(NamesUsedLater(cell).Except(Declared(cell)));

    /// <summary>Called for stopped code, which may still be running and use any variable that it names.</summary>
    public void KeepForAll(Compilation cell) => Keep(Names(cell.SyntaxTrees.Select(tree => tree.GetRoot())));

    /// <summary>Called after the cell has run: its variables replace those of the same name.</summary>
    /// <param name="state">The submission object whose fields they are.</param>
    public void Declare(Compilation cell, object state)
    {
        var usedLater = NamesUsedLater(cell).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Declared(cell))
        {
            if (_byName.TryGetValue(name, out var hidden))
            {
                hidden.Release();
            }

            var field = state.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
            _byName[name] = new Variable(state, field) { IsKept = usedLater.Contains(name) };
        }
    }

    private void Keep(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (_byName.TryGetValue(name, out var variable))
            {
                variable.IsKept = true;
            }
        }
    }

    private static IEnumerable<string> Declared(Compilation cell) =>
        cell.ScriptClass!.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field is { IsStatic: false, IsImplicitlyDeclared: false, Type.IsReferenceType: true })
            .Select(field => field.Name);

    // By name, not by symbol: a superfluous name costs memory, a missing one loses a value.
    private static IEnumerable<string> NamesUsedLater(Compilation cell) => Names(cell.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes())
        .Where(node => node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or LocalFunctionStatementSyntax
            || (node is MemberDeclarationSyntax and not (GlobalStatementSyntax or FieldDeclarationSyntax))));

    private static IEnumerable<string> Names(IEnumerable<SyntaxNode> nodes) =>
        nodes.SelectMany(node => node.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    private sealed class Variable(object state, FieldInfo field)
    {
        public bool IsKept { get; set; }

        public void Release()
        {
            if (!IsKept)
            {
                field.SetValue(state, null);
            }
        }
    }
}

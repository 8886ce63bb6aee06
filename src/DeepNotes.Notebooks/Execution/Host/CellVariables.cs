using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The variables that cells have declared. Once a later cell declares the name again, no new code reaches the old one:
/// its value is let go, so that a cell of much data that is run ten times does not hold it ten times. Functions, lambdas
/// and queries that were there before go on using the old variable: what they name is kept.
/// </summary>
internal sealed class CellVariables
{
    private readonly Dictionary<string, Variable> _byName = new(StringComparer.Ordinal);

    /// <summary>The code is about to run: what it leaves behind may use variables of the cells before it.</summary>
    public void KeepFor(Compilation cell) => Keep(NamesUsedLater(cell).Except(Declared(cell)));

    /// <summary>The code may be running still, since it was stopped: it may use any variable that it names.</summary>
    public void KeepForAll(Compilation cell) => Keep(Names(cell.SyntaxTrees.Select(tree => tree.GetRoot())));

    /// <summary>The cell has run, and its variables take the place of those of the same name.</summary>
    /// <param name="state">The object whose fields they are.</param>
    public void Declare(Compilation cell, object state)
    {
        var usedLater = NamesUsedLater(cell).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Declared(cell))
        {
            if (_byName.TryGetValue(name, out var hidden))
            {
                hidden.LetGo();
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

    // By name and not by symbol: a name too many costs memory, one too few a value.
    private static IEnumerable<string> NamesUsedLater(Compilation cell) => Names(cell.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes())
        .Where(node => node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or LocalFunctionStatementSyntax
            || (node is MemberDeclarationSyntax and not (GlobalStatementSyntax or FieldDeclarationSyntax))));

    private static IEnumerable<string> Names(IEnumerable<SyntaxNode> nodes) =>
        nodes.SelectMany(node => node.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    private sealed class Variable(object state, FieldInfo field)
    {
        public bool IsKept { get; set; }

        public void LetGo()
        {
            if (!IsKept)
            {
                field.SetValue(state, null);
            }
        }
    }
}

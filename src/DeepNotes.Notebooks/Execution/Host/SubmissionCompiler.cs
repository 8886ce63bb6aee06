using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Compiles cells, each against those before it, and keeps what they declared.</summary>
internal sealed class SubmissionCompiler
{
    public static readonly IReadOnlyList<string> Usings =
    [
        "System", "System.IO", "System.Text", "System.Collections", "System.Collections.Generic", "System.Linq",
        "System.Threading.Tasks", "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting",
        "DeepNotes.Notebooks.Execution.CellGlobals",
    ];

    private static readonly EmitOptions EmitOptions = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly CellAssemblies _assemblies = new();
    private readonly CellReferences _references;
    private readonly CellVariables _variables = new();
    private readonly string _workingDirectory;
    private CSharpCompilation? _previous;
    private int _keptReferences;
    private object?[] _states = new object?[16];
    private int _next = 1;
    private int _compiled;
    private CompiledAhead? _ahead;

    public SubmissionCompiler(string workingDirectory)
    {
        _workingDirectory = workingDirectory;
        _references = new CellReferences(workingDirectory, _assemblies, UserCache.OfEnvironment(line => Console.Error.WriteLine(line)));
    }

    // A submission takes on the references of those before it, also when it is given them once more: each cell would then
    // hold as many copies of them as there are cells.
    private KnownCells Present => new(_previous, _references.All.Skip(_keptReferences));

    /// <exception cref="CellFailure">The cell does not compile, or a reference is missing.</exception>
    public Submission Compile(string code, string name, CancellationToken cancellation)
    {
        var source = new CellSource(code, name);
        AddReferences(source, cancellation);

        // What was evaluated and not kept has left its own variables here.
        _states[_next] = null;
        var submission = TakeAhead(code, name, cancellation) ?? CompileWithChecks(source, Present, cancellation) ?? CompileAsWritten(source, cancellation);
        _variables.KeepFor(submission.Compilation);
        return submission with { Note = source.Note };
    }

    /// <summary>
    /// Begins to compile a cell while the one before it runs. If another one comes instead, nothing has happened; what is
    /// wrong with it is found when its turn comes.
    /// </summary>
    /// <param name="next">The cell. One with other parts than C#, or with references, waits for its turn.</param>
    /// <param name="after">The cell before it, which will be kept.</param>
    public void CompileAhead(CellRequest next, Submission after)
    {
        if (CellParts.Of(next.Code, next.Language) is not { Refusal: null, Parts: [CodePart { Code: var code }] })
        {
            return;
        }

        var source = new CellSource(code, next.Name);
        if (source.LoadsOrRefers)
        {
            return;
        }

        // On a thread of its own: the cell that runs may need all of the pool.
        var compiling = Task.Factory.StartNew(
            () => CompileWithChecks(source, new KnownCells(after.Compilation, []), CancellationToken.None),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ahead = new CompiledAhead(after.Compilation, code, next.Name, compiling);
    }

    /// <summary>What the submission declares is known to the cells after it.</summary>
    public void Keep(Submission submission, bool wasStopped)
    {
        if (_states[_next] is { } state)
        {
            _variables.Declare(submission.Compilation, state);
        }

        if (wasStopped)
        {
            _variables.KeepForAll(submission.Compilation);
        }

        _previous = submission.Compilation;
        _keptReferences = _references.All.Length;
        _next++;
        if (_next == _states.Length)
        {
            Array.Resize(ref _states, 2 * _states.Length);
        }
    }

    /// <summary>The variables that cells have declared, each as the last of its name.</summary>
    public IReadOnlyList<VariableRow> Variables()
    {
        var variables = new Dictionary<string, VariableRow>(StringComparer.Ordinal);
        foreach (var state in _states.Take(_next).OfType<object>())
        {
            // Names that the compiler made have characters that no variable has.
            foreach (var field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => SyntaxFacts.IsValidIdentifier(field.Name)))
            {
                variables[field.Name] = new(field.Name, ValueText.TypeName(field.FieldType), field.GetValue(state));
            }
        }

        return [.. variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    /// <summary>A further place for packages: an address, or a folder.</summary>
    public void AddPackageSource(string source) => _references.AddSource(source);

    // Null where it is another cell, or where something is wrong with it.
    private Submission? TakeAhead(string code, string name, CancellationToken cancellation)
    {
        var ahead = _ahead;
        _ahead = null;
        if (ahead is null || ahead.Code != code || ahead.Name != name || ahead.Previous != _previous)
        {
            return null;
        }

        try
        {
            ahead.Compiling.Wait(cancellation);
            return ahead.Compiling.Result;
        }
        catch (AggregateException)
        {
            return null;
        }
    }

    private Submission? CompileWithChecks(CellSource source, KnownCells known, CancellationToken cancellation)
    {
        if (source.IsEmpty || source.HasSyntaxErrors)
        {
            return null;
        }

        return Emit(Compilation(source.WithInterruptChecks(inExpressions: true), source.Name, known, withChecks: true), cancellation)
            ?? Emit(Compilation(source.WithInterruptChecks(inExpressions: false), source.Name, known, withChecks: true), cancellation);
    }

    // For errors in the reader's own terms; and a cell of usings, references or comments has nothing to run.
    private Submission CompileAsWritten(CellSource source, CancellationToken cancellation)
    {
        var compilation = Compilation(source.Tree, source.Name, Present, withChecks: false);
        var errors = compilation.GetDiagnostics(cancellation).Where(problem => problem.Severity == DiagnosticSeverity.Error).ToArray();
        return errors.Length > 0
            ? throw new CellFailure(CellErrors.Compilation(errors, source.Name, compilation))
            : Emit(compilation, cancellation) ?? new Submission(compilation, () => Task.FromResult<object?>(null));
    }

    private void AddReferences(CellSource source, CancellationToken cancellation)
    {
        var packages = new List<string>();
        var place = source.Tree.GetRoot(cancellation).GetLocation();
        try
        {
            foreach (var (reference, location) in source.References(_workingDirectory))
            {
                place = location;
                if (PackageReference.IsPackage(reference))
                {
                    packages.Add(reference);
                }
                else
                {
                    _references.AddPath(reference);
                }
            }

            _references.AddPackages(packages, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Files of all sorts are read and written here: whatever is wrong with one is an error of this line.
            throw new CellFailure(CellErrors.Reference(error.Message, place, source.Name));
        }
    }

    // A submission has the references and usings of those before it. Given anew to each, they would add up: a gigabyte
    // in 500 cells.
    private CSharpCompilation Compilation(SyntaxTree tree, string name, KnownCells known, bool withChecks)
    {
        // Names of files are in it, and names of types and assemblies have signs that mean something.
        var title = $"{string.Concat(name.Select(sign => char.IsLetterOrDigit(sign) || sign == ' ' ? sign : '_'))}#{Interlocked.Increment(ref _compiled)}";
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: title,
            usings: known.Last is null ? Usings : null,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            sourceReferenceResolver: new LoadResolver(_workingDirectory, withChecks),
            metadataReferenceResolver: new KnownReferences(),
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
            reportSuppressedDiagnostics: false);
        return CSharpCompilation.CreateScriptCompilation(title, tree, known.NewReferences, options, known.Last, typeof(object));
    }

    private Submission? Emit(CSharpCompilation compilation, CancellationToken cancellation)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        if (!compilation.Emit(assembly, symbols, options: EmitOptions, cancellationToken: cancellation).Success)
        {
            return null;
        }

        assembly.Position = 0;
        symbols.Position = 0;
        var loaded = _assemblies.LoadSubmission(compilation.AssemblyName!, assembly, symbols);
        var entry = compilation.GetEntryPoint(cancellation)!;
        var factory = loaded.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        return new Submission(compilation, () => factory(_states));
    }
}

/// <summary>What a cell is compiled against.</summary>
/// <param name="Last">The cell before it, with all that it knows in turn.</param>
/// <param name="NewReferences">Those that came since then.</param>
internal sealed record KnownCells(CSharpCompilation? Last, IEnumerable<MetadataReference> NewReferences);

/// <summary>A cell that is compiled while the one before it runs.</summary>
internal sealed record CompiledAhead(CSharpCompilation Previous, string Code, string Name, Task<Submission?> Compiling);

/// <summary>A variable, as <c>#!whos</c> shows it.</summary>
internal sealed record VariableRow(string Name, string Type, object? Value);

/// <param name="Compilation">What later cells are compiled against.</param>
/// <param name="Run">Executes it; the value of its last expression.</param>
internal sealed record Submission(CSharpCompilation Compilation, Func<Task<object?>> Run)
{
    /// <summary>What to tell the reader before it runs; null for nothing.</summary>
    public string? Note { get; init; }
}

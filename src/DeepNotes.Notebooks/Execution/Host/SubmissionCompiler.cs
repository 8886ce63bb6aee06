using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Compiles each cell as a submission that follows the earlier ones, and keeps their declarations.</summary>
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
        _references = new CellReferences(workingDirectory, _assemblies, UserCache.FromEnvironment(line => Console.Error.WriteLine(line)));
    }

    // A submission inherits the references of earlier submissions, even if they are passed again: each cell would then hold
    // as many copies of them as there are cells.
    private CompilationContext Present => new(_previous, _references.All.Skip(_keptReferences));

    /// <exception cref="CellRejectedException">The cell does not compile, or a reference is missing.</exception>
    public Submission Compile(string code, string name, CancellationToken cancellation)
    {
        var source = new CellSource(code, name);
        AddReferences(source, cancellation);

        // Expressions that were evaluated and not kept left their variables here.
        _states[_next] = null;
        var submission = TakeAhead(code, name, cancellation) ?? CompileWithChecks(source, Present, cancellation) ?? CompileAsWritten(source, cancellation);
        _variables.KeepFor(submission.Compilation);
        return submission with { Note = source.Note };
    }

    /// <summary>
    /// Starts compiling a cell while the one before it runs. The result is discarded if a different cell is executed next;
    /// errors are reported when the cell's turn comes.
    /// </summary>
    /// <param name="next">The cell; one with parts other than C#, or with references, is not compiled ahead.</param>
    /// <param name="after">The submission before it, which will be kept.</param>
    public void CompileAhead(CellRequest next, Submission after)
    {
        if (CellParts.Of(next.Code, next.Language) is not { Refusal: null, Parts: [CodePart { Code: var code }] })
        {
            return;
        }

        var source = new CellSource(code, next.Name);
        if (source.HasReferencesOrLoads)
        {
            return;
        }

        // On a dedicated thread: the running cell may need the whole thread pool.
        var compiling = Task.Factory.StartNew(
            () => CompileWithChecks(source, new CompilationContext(after.Compilation, []), CancellationToken.None),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ahead = new CompiledAhead(after.Compilation, code, next.Name, compiling);
    }

    /// <summary>Makes the submission's declarations visible to later cells.</summary>
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

    /// <summary>The variables that cells have declared; of several with one name the latest.</summary>
    public IReadOnlyList<VariableRow> Variables()
    {
        var variables = new Dictionary<string, VariableRow>(StringComparer.Ordinal);
        foreach (var state in _states.Take(_next).OfType<object>())
        {
            // Compiler-generated names contain characters that are invalid in identifiers.
            foreach (var field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => SyntaxFacts.IsValidIdentifier(field.Name)))
            {
                variables[field.Name] = new(field.Name, ValueText.TypeName(field.FieldType), field.GetValue(state));
            }
        }

        return [.. variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    /// <summary>Advice on what a cell threw, from what is known of its references; null for none.</summary>
    public string? HintOn(Exception failure) => ForeignLibraries.Hint(failure, _references.ForeignLibraries);

    /// <summary>Adds a package source: an address, or a folder.</summary>
    public void AddPackageSource(string source) => _references.AddSource(source);

    // Null where a different cell was compiled, or where it failed.
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

    private Submission? CompileWithChecks(CellSource source, CompilationContext known, CancellationToken cancellation)
    {
        if (source.IsEmpty || source.HasSyntaxErrors)
        {
            return null;
        }

        return Emit(Compilation(source.WithInterruptChecks(inExpressions: true), source.Name, known, withChecks: true), cancellation)
            ?? Emit(Compilation(source.WithInterruptChecks(inExpressions: false), source.Name, known, withChecks: true), cancellation);
    }

    // Without checks, so that errors refer to the reader's own code; a cell of only usings, references or comments emits nothing.
    private Submission CompileAsWritten(CellSource source, CancellationToken cancellation)
    {
        var compilation = Compilation(source.Tree, source.Name, Present, withChecks: false);
        var errors = compilation.GetDiagnostics(cancellation).Where(problem => problem.Severity == DiagnosticSeverity.Error).ToArray();
        return errors.Length > 0
            ? throw new CellRejectedException(CellErrors.Compilation(errors, source.Name, compilation))
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
            // Files of many kinds are read and written here: any failure is an error of this line.
            throw new CellRejectedException(CellErrors.Reference(error.Message, place, source.Name));
        }
    }

    // A submission inherits the references and usings of earlier ones. Passed to each again, they would accumulate: a
    // gigabyte in 500 cells.
    private CSharpCompilation Compilation(SyntaxTree tree, string name, CompilationContext known, bool withChecks)
    {
        // The name may contain file names; punctuation has a meaning in type and assembly names.
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

/// <summary>The context that a cell is compiled in.</summary>
/// <param name="Last">The previous submission, which refers to the earlier ones.</param>
/// <param name="NewReferences">The references added since then.</param>
internal sealed record CompilationContext(CSharpCompilation? Last, IEnumerable<MetadataReference> NewReferences);

/// <summary>A cell that is compiled while the one before it runs.</summary>
internal sealed record CompiledAhead(CSharpCompilation Previous, string Code, string Name, Task<Submission?> Compiling);

/// <summary>A variable, as <c>#!whos</c> shows it.</summary>
internal sealed record VariableRow(string Name, string Type, object? Value);

/// <param name="Compilation">The compilation that later submissions follow.</param>
/// <param name="Run">Executes the submission and returns the value of its last expression.</param>
internal sealed record Submission(CSharpCompilation Compilation, Func<Task<object?>> Run)
{
    /// <summary>A note for the reader, shown before the cell runs; null for none.</summary>
    public string? Note { get; init; }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The cells so far as Roslyn's workspace sees them, each a submission after the one before, for completions and
/// descriptions. Cells are noted as they run; the workspace is made when somebody asks.
/// </summary>
internal sealed class CellChain(string workingDirectory)
{
    private readonly Lock _gate = new();
    private readonly Queue<(string Code, ImmutableArray<MetadataReference> References)> _noted = new();
    private Solution? _solution;
    private ProjectId? _last;
    private ImmutableArray<MetadataReference> _references = [.. FrameworkReferences.All];
    private int _keptReferences;
    private int _count;

    /// <summary>A cell has run, with these references.</summary>
    public void Add(string code, ImmutableArray<MetadataReference> references)
    {
        lock (_gate)
        {
            _noted.Enqueue((code, references));
        }
    }

    /// <summary>The cell that is being written, after all that have run.</summary>
    public Document Open(string code)
    {
        lock (_gate)
        {
            _solution ??= new AdhocWorkspace().CurrentSolution;
            while (_noted.TryDequeue(out var cell))
            {
                _references = cell.References;
                (_solution, _last) = Append(_solution, cell.Code);
                _keptReferences = _references.Length;
                _count++;
            }

            var (solution, project) = Append(_solution, code);
            return solution.GetProject(project)!.Documents.Single();
        }
    }

    // As the compiler of the session does, each cell adds only what those before it do not have.
    private (Solution Solution, ProjectId Project) Append(Solution solution, string code)
    {
        var project = ProjectId.CreateNewId();
        var name = $"cell#{_count}";
        var added = solution
            .AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, name, name, LanguageNames.CSharp,
                isSubmission: true,
                parseOptions: CellSource.ParseOptions,
                compilationOptions: new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, scriptClassName: name, usings: _last is null ? SubmissionCompiler.Usings : null, allowUnsafe: true,
                    sourceReferenceResolver: new LoadResolver(workingDirectory, withChecks: false), metadataReferenceResolver: new KnownReferences()),
                metadataReferences: _references.RemoveRange(0, _keptReferences),
                projectReferences: _last is null ? [] : [new ProjectReference(_last)]))
            .AddDocument(DocumentInfo.Create(
                DocumentId.CreateNewId(project), "cell", sourceCodeKind: SourceCodeKind.Script,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Default))));
        return (added, project);
    }
}

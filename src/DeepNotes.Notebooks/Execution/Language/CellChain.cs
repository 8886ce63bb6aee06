using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<(string Code, ImmutableArray<MetadataReference> References)> _noted = new();
    private Solution? _solution;
    private ProjectId? _last;
    private int _count;

    /// <summary>A cell has run, with these references beside those of the cells before it.</summary>
    public void Add(string code, ImmutableArray<MetadataReference> references) => _noted.Enqueue((code, references));

    /// <summary>The cell that is being written, after all that have run. To be called from one thread.</summary>
    public async Task<Document> OpenAsync(string code)
    {
        _solution ??= new AdhocWorkspace().CurrentSolution;
        while (_noted.TryDequeue(out var cell))
        {
            (_solution, _last) = Append(_solution, cell.Code, cell.References);
            _count++;

            // Kept for all that is asked later; what a solution compiles that also has the cell being written goes with it.
            await _solution.GetProject(_last)!.GetCompilationAsync().ConfigureAwait(false);
        }

        var (solution, project) = Append(_solution, code, _last is null ? FrameworkReferences.All : []);
        return solution.GetProject(project)!.Documents.Single();
    }

    private (Solution Solution, ProjectId Project) Append(Solution solution, string code, IEnumerable<MetadataReference> references)
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
                metadataReferences: references,
                projectReferences: _last is null ? [] : [new ProjectReference(_last)]))
            .AddDocument(DocumentInfo.Create(
                DocumentId.CreateNewId(project), "cell", sourceCodeKind: SourceCodeKind.Script,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(CellParts.Of(code).CSharp), VersionStamp.Default))));
        return (added, project);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// A Roslyn workspace with the executed cells as a chain of submissions, for completions and descriptions. Cells are
/// recorded as they run; the workspace is created on demand.
/// </summary>
internal sealed class CellChain(string workingDirectory)
{
    private readonly ConcurrentQueue<(string Code, ImmutableArray<MetadataReference> References)> _noted = new();
    private Solution? _solution;
    private ProjectId? _last;
    private int _count;

    /// <summary>Records an executed cell, with the references that it adds to those of earlier cells.</summary>
    public void Add(string code, ImmutableArray<MetadataReference> references) => _noted.Enqueue((code, references));

    /// <summary>The edited cell as a document after all executed ones. Not thread-safe.</summary>
    public async Task<Document> OpenAsync(string code)
    {
        _solution ??= new AdhocWorkspace().CurrentSolution;
        while (_noted.TryDequeue(out var cell))
        {
            (_solution, _last) = Append(_solution, cell.Code, cell.References);
            _count++;

            // Kept for later requests; compilations of a solution that includes the edited cell are discarded with it.
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

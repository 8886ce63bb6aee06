using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>The list of topics against the chapters: nothing that a finished chapter owes is missing.</summary>
public sealed class TopicsTests
{
    private static readonly IReadOnlyList<Topic> Topics = Topic.Read(Path.Combine(Repository.Notebooks, "topics.tsv"));

    private static readonly IReadOnlyList<NotebookDocument> Chapters =
        [.. ChapterFiles.In(Repository.Notebooks).Select(NotebookDocument.Load)];

    [Fact]
    public void Every_id_is_there_once()
    {
        Assert.Equal(427, Topics.Count);
        Assert.Equal(Topics.Count, Topics.Select(topic => (topic.Kind, topic.Id)).Distinct().Count());
    }

    [Fact]
    public void A_finished_chapter_proves_every_question_and_claim_of_its_and_restores_what_was_lost()
    {
        foreach (var chapter in Chapters.Where(chapter => (string?)chapter.Metadata["status"] == "finished"))
        {
            var proven = chapter.Cells.Where(cell => cell.IsCode).SelectMany(CellTopics.Of).ToHashSet();
            var missing = Topics.Where(topic => topic.Chapter == chapter.Chapter && !proven.Contains((topic.Kind, topic.Id)));
            Assert.True(!missing.Any(), $"{chapter.Name} lacks {string.Join(", ", missing.Select(topic => topic.Id))}");
        }
    }

    [Fact]
    public void Every_card_names_a_code_cell_that_proves_it()
    {
        foreach (var chapter in Chapters)
        {
            foreach (var (id, proof, _) in chapter.Cells.Select(CellTopics.Card).OfType<(string Id, string? Proof, string Level)>())
            {
                Assert.Contains(Topics, topic => topic.Kind == TopicKind.Question && topic.Id == id);
                Assert.True(chapter.Cells.Any(cell => cell.IsCode && cell.Id == proof), $"{chapter.Name}: card {id} has no proof cell {proof}");
            }
        }
    }

    [Fact]
    public void No_cell_names_an_id_that_is_not_on_the_list()
    {
        var known = Topics.Select(topic => (topic.Kind, topic.Id)).ToHashSet();
        Assert.All(Chapters, chapter => Assert.DoesNotContain(chapter.Cells.SelectMany(CellTopics.Of), topic => !known.Contains(topic)));
    }

    [Fact]
    public void A_cell_rules_as_the_list_does()
    {
        var listed = Topics.Where(topic => topic.Kind == TopicKind.Claim).ToDictionary(claim => claim.Id, claim => claim.Ruling);
        Assert.All(Chapters, chapter => Assert.All(
            chapter.Cells.SelectMany(cell => ShownVerdict.In(cell.Outputs)),
            shown => Assert.Equal($"{shown.Id} {listed[shown.Id]}", $"{shown.Id} {shown.Ruling}")));
    }
}

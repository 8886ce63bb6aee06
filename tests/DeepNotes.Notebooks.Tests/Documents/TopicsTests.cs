using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>Checks the list of topics against the chapters: a finished chapter covers all of its topics.</summary>
public sealed class TopicsTests
{
    private static readonly IReadOnlyList<Topic> Topics = Topic.Read(Path.Combine(Repository.Notebooks, "topics.tsv"));

    private static readonly IReadOnlyList<NotebookDocument> Chapters =
        [.. ChapterFiles.In(Repository.Notebooks).Select(NotebookDocument.Load)];

    [Fact]
    public void Every_id_is_unique()
    {
        Assert.Equal(427, Topics.Count);
        Assert.Equal(Topics.Count, Topics.Select(topic => (topic.Kind, topic.Id)).Distinct().Count());
    }

    [Fact]
    public void A_finished_chapter_covers_all_of_its_topics()
    {
        foreach (var chapter in Chapters.Where(chapter => (string?)chapter.Metadata["status"] == "finished"))
        {
            var proven = chapter.Cells.Where(cell => cell.IsCode).SelectMany(CellTopics.Of).ToHashSet();
            var missing = Topics.Where(topic => topic.Chapter == chapter.Chapter && !proven.Contains((topic.Kind, topic.Id)));
            Assert.True(!missing.Any(), $"{chapter.Name} lacks {string.Join(", ", missing.Select(topic => topic.Id))}");
        }
    }

    [Fact]
    public void Every_card_names_a_code_cell_as_its_proof()
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
    public void Every_topic_id_in_a_cell_is_in_the_list()
    {
        var known = Topics.Select(topic => (topic.Kind, topic.Id)).ToHashSet();
        Assert.All(Chapters, chapter => Assert.DoesNotContain(chapter.Cells.SelectMany(CellTopics.Of), topic => !known.Contains(topic)));
    }

    [Fact]
    public void The_ruling_of_a_cell_agrees_with_the_list()
    {
        var listed = Topics.Where(topic => topic.Kind == TopicKind.Claim).ToDictionary(claim => claim.Id, claim => claim.Ruling);
        Assert.All(Chapters, chapter => Assert.All(
            chapter.Cells.SelectMany(cell => ShownVerdict.In(cell.Outputs)),
            shown => Assert.Equal($"{shown.Id} {listed[shown.Id]}", $"{shown.Id} {shown.Ruling}")));
    }
}

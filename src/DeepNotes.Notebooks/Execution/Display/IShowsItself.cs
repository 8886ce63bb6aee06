using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A value of this engine that knows its own forms.</summary>
internal interface IShowsItself
{
    MimeBundle Forms();
}

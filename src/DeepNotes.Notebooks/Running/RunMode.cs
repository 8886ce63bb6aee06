namespace DeepNotes.Notebooks.Running;

/// <summary>How much a notebook does: what is committed is made in full mode; fast mode has less data and fewer epochs.</summary>
public enum RunMode
{
    Full,
    Fast,
}

namespace DeepNotes.Notebooks.Running;

/// <summary>The extent of a run: committed results come from full mode; fast mode uses less data and fewer epochs.</summary>
public enum RunMode
{
    Full,
    Fast,
}

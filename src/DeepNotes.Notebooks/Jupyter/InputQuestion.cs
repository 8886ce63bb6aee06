namespace DeepNotes.Notebooks.Jupyter;

/// <summary>A line that a cell waits for: one at a time, as one cell runs at a time.</summary>
/// <param name="Id">Of the input_request.</param>
/// <param name="Cause">The id of the request whose cell asks.</param>
/// <param name="Peer">The connection that was asked.</param>
internal sealed record InputQuestion(string Id, string Cause, ZmtpConnection Peer)
{
    private readonly TaskCompletionSource<string?> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The line; null when the question was withdrawn.</summary>
    public Task<string?> Line => _line.Task;

    /// <summary>
    /// Takes the first answer of the client that was asked. Clients may leave the parent of an input_reply empty, as
    /// jupyter_client does; one that names another request answers another question.
    /// </summary>
    public bool TryAnswer(ZmtpConnection peer, JupyterMessage reply)
    {
        var parent = reply.Parent.Text("msg_id");
        return IsAsked(peer) && (parent.Length == 0 || parent == Id || parent == Cause) && _line.TrySetResult(reply.Content.Text("value"));
    }

    public void Withdraw() => _line.TrySetResult(null);

    // A client that has reconnected has the same identity on a new connection.
    private bool IsAsked(ZmtpConnection peer) =>
        peer == Peer || (Peer.Identity.Length > 0 && peer.Identity.AsSpan().SequenceEqual(Peer.Identity));
}

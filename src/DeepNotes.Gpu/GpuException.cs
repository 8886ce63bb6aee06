namespace DeepNotes;

/// <summary>No device, a device that refuses, or memory that does not suffice; the message says what can be done.</summary>
public sealed class GpuException : Exception
{
    /// <summary>Without a message.</summary>
    public GpuException()
    {
    }

    /// <summary>What is missing, and what to do.</summary>
    public GpuException(string message)
        : base(message)
    {
    }

    /// <summary>What is missing, what to do, and what the driver said.</summary>
    public GpuException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

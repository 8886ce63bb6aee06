namespace DeepNotes;

/// <summary>What a training can look like.</summary>
public enum Symptom
{
    /// <summary>Training and validation loss fall: the network is still learning.</summary>
    StillLearning,

    /// <summary>Training loss falls, or lies flat, while validation loss no longer falls or rises.</summary>
    Overfitting,

    /// <summary>Training loss is flat while validation loss falls: the data are suspect.</summary>
    DataSuspect,

    /// <summary>Both are flat: converged, or stuck.</summary>
    Converged,

    /// <summary>Training loss rises: network, hyperparameters or data are wrong.</summary>
    Diverging,

    /// <summary>A sign of exploding gradients: the loss jumps from step to step.</summary>
    UnstableLoss,

    /// <summary>A sign of exploding gradients: they grow quickly.</summary>
    GrowingGradients,

    /// <summary>A sign of exploding gradients: weights, gradients or the loss became NaN or infinite.</summary>
    NotANumber,

    /// <summary>A sign of exploding gradients: elements of gradients stay above 1.</summary>
    LargeGradients,

    /// <summary>Units that give out 0 whatever comes in, and learn no more.</summary>
    DeadUnits,
}

namespace DeepNotes;

/// <summary>The symptoms that a diagnosis recognises.</summary>
public enum Symptom
{
    /// <summary>Training and validation loss fall: the network is still learning.</summary>
    StillLearning,

    /// <summary>Training loss falls while validation loss does not, or training loss is flat while validation loss rises.</summary>
    Overfitting,

    /// <summary>Training loss is flat while validation loss falls: there may be a fault in the data.</summary>
    DataSuspect,

    /// <summary>Both losses are flat: converged, or stuck.</summary>
    Converged,

    /// <summary>Training loss rises: there is a fault in the network, the hyperparameters or the data.</summary>
    Diverging,

    /// <summary>A sign of exploding gradients: the loss jumps from step to step.</summary>
    UnstableLoss,

    /// <summary>A sign of exploding gradients: they grow quickly.</summary>
    GrowingGradients,

    /// <summary>A sign of exploding gradients: weights, gradients or the loss became NaN or infinite.</summary>
    NotANumber,

    /// <summary>A sign of exploding gradients: elements of gradients stay above 1.</summary>
    LargeGradients,

    /// <summary>Units whose output is 0 for every input, so that they no longer learn.</summary>
    DeadUnits,
}

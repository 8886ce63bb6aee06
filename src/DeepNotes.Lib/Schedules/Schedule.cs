namespace DeepNotes;

/// <summary>
/// The factor of a learning rate at each step, the first step being 0: the optimizer's rate times
/// <c>schedule(step)</c>. Any function of a step will do; <see cref="Schedules"/> has the usual ones.
/// </summary>
public delegate float Schedule(int step);

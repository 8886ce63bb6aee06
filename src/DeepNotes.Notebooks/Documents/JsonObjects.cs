using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>Changes JSON objects and keeps their keys sorted, as Jupyter saves them.</summary>
internal static class JsonObjects
{
    /// <summary>Sets a value; a new key is inserted before the first greater one.</summary>
    public static void Put(this JsonObject json, string key, JsonNode? value)
    {
        if (json.ContainsKey(key))
        {
            json[key] = value;
        }
        else
        {
            json.Insert(json.TakeWhile(member => string.CompareOrdinal(member.Key, key) < 0).Count(), key, value);
        }
    }

    /// <summary>The object of this name, created when it is missing or null.</summary>
    public static JsonObject Child(this JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
        {
            return child;
        }

        child = [];
        parent.Put(name, child);
        return child;
    }
}

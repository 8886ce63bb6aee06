using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Documents;

/// <summary>Changes to JSON objects that keep the order of their keys: Jupyter saves them sorted.</summary>
internal static class JsonObjects
{
    /// <summary>Sets a value; a new key comes before the first that is greater.</summary>
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

    /// <summary>The object of this name, made when it is missing or null.</summary>
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
